/** Sorts items into the order of `previous`; new items follow in their own order. */
export const keepOrder = <T extends { id: string }>(items: T[], previous: readonly { id: string }[]): T[] => {
  const byId = new Map(items.map(item => [item.id, item]))
  const kept = previous.flatMap(({ id }) => {
    const item = byId.get(id)
    byId.delete(id)
    return item ?? []
  })
  return [...kept, ...byId.values()]
}
