import type { Foyer } from '#lib/workspace/workspaces.svelte.ts'
import { writeChosenLanguage } from './language.ts'
import type { LanguageChoice } from './language-names.ts'

/** Shows the app in another language: the page is loaded anew, when all that was changed is stored. */
export const changeLanguage = async (foyer: Foyer, choice: LanguageChoice): Promise<void> => {
  writeChosenLanguage(choice === 'browser' ? null : choice)
  await foyer.workspace?.flush()
  location.reload()
}
