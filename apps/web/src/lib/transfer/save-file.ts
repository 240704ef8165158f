/** Hands a file to the person, as a download. */
export const saveFile = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has to have begun to read it.
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 60_000)
}
