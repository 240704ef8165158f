/**
 * Asks the browser not to clear this device's copy when space is short; it may say no, and nothing
 * changes.
 */
export const persistStorage = (): void => {
  // Missing outside of secure contexts.
  const storage = navigator.storage as StorageManager | undefined
  storage?.persist().catch(() => undefined)
}
