/** How to install the app if the browser does not offer it. */
export type InstallMethod = 'ios' | 'mac-safari' | 'android' | 'desktop' | 'unsupported'

/** @param touchPoints distinguishes iPads, which identify as Macs */
export const installMethod = (userAgent: string, touchPoints: number): InstallMethod => {
  const isMac = userAgent.includes('Macintosh')
  if (/iPhone|iPad|iPod/.test(userAgent) || (isMac && touchPoints > 1)) return 'ios'
  if (userAgent.includes('Android')) return 'android'
  if (/Chrome|Chromium|Edg\//.test(userAgent)) return 'desktop'
  if (isMac && userAgent.includes('Safari')) return 'mac-safari'
  return 'unsupported'
}
