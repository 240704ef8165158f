/**
 * Writes a pending text to the clipboard. Call it synchronously in a click handler: Safari
 * rejects later writes.
 * @throws if not allowed
 */
export const writeToClipboard = async (text: Promise<string>): Promise<void> => {
  if (!takesPromises()) return navigator.clipboard.writeText(await text)
  const content = text.then(text => new Blob([text], { type: 'text/plain' }))
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': content })])
}

const takesPromises = (): boolean => typeof ClipboardItem === 'function' && 'write' in navigator.clipboard
