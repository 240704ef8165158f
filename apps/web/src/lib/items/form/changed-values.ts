/**
 * The fields that were changed in a form.
 * Writing the others would overwrite what another device changed while the form was open.
 */
export const changedValues = <T extends object>(before: T, after: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(after).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof T])
    )
  ) as Partial<T>
