/** The items in the order they had; those that were not among them follow in their own. */
export const inHeldOrder = <T extends { id: string }>(items: T[], held: readonly { id: string }[]): T[] => {
  const byId = new Map(items.map(item => [item.id, item]))
  const kept = held.flatMap(({ id }) => {
    const item = byId.get(id)
    byId.delete(id)
    return item ?? []
  })
  return [...kept, ...byId.values()]
}
