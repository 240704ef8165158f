import { applyLanguage } from '#lib/language/language.ts'

// The app lives on the device: the server sends the same empty page for every address.
export const ssr = false

applyLanguage()
