import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import type { LanguageChoice } from './language-names.ts'
import { writeChosenLanguage } from './language.ts'

/** Changes the language: reloads the page once all changes are stored. */
export const changeLanguage = async (workspaces: Workspaces, choice: LanguageChoice): Promise<void> => {
  writeChosenLanguage(choice === 'browser' ? null : choice)
  await workspaces.current?.flush()
  location.reload()
}
