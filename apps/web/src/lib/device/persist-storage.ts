/** Asks the browser not to evict this site's data. It may decline. */
export const persistStorage = (): void => {
  // Missing in insecure contexts.
  const storage = navigator.storage as StorageManager | undefined
  storage?.persist().catch(() => undefined)
}
