/**
 * What a person changed in a form, and nothing else: a field that they left alone must not be written back
 * over what another device put there while the form was open.
 */
export const changedValues = <T extends object>(before: T, after: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(after).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof T])
    )
  ) as Partial<T>
