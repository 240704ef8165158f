import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import type { LanguageChoice } from './language-names.ts'
import { writeChosenLanguage } from './language.ts'

/** Shows the app in another language: the page is loaded anew, when all that was changed is stored. */
export const changeLanguage = async (workspaces: Workspaces, choice: LanguageChoice): Promise<void> => {
  writeChosenLanguage(choice === 'browser' ? null : choice)
  await workspaces.current?.flush()
  location.reload()
}
