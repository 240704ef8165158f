/**
 * Writes a text to the clipboard within the click that asks for it, though the text comes later: Safari takes nothing
 * that is written after the click.
 * @throws where it is not allowed
 */
export const writeToClipboard = async (text: Promise<string>): Promise<void> => {
  if (!takesPromises()) return navigator.clipboard.writeText(await text)
  const content = text.then(text => new Blob([text], { type: 'text/plain' }))
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': content })])
}

const takesPromises = (): boolean => typeof ClipboardItem === 'function' && 'write' in navigator.clipboard
