import { goto } from '$app/navigation'
import { resolve } from '$app/paths'
import type { ItemActions } from '#lib/items/actions/item-actions.svelte.ts'
import { m } from '#lib/paraglide/messages.js'
import type { AppUpdate } from '#lib/pwa/app-update.svelte.ts'
import type { Install } from '#lib/pwa/install.svelte.ts'
import { updateText } from '#lib/pwa/update-text.ts'
import type { Now } from '#lib/reactive/now.svelte.ts'
import { themeLabel } from '#lib/settings/appearance/theme-label.ts'
import { chooseTheme, THEMES } from '#lib/settings/appearance/theme.ts'
import { changeLanguage } from '#lib/settings/language/change-language.ts'
import { LANGUAGE_CHOICES, languageName } from '#lib/settings/language/language-names.ts'
import type { IconName } from '#lib/ui/icons.ts'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import type { Row } from './row.ts'

export interface CommandHost {
  workspaces: Workspaces
  toasts: Toasts
  now: Now
  actions: ItemActions
  /** Replaces the palette with another dialog of the shell. */
  openDialog: (dialog: 'sign-out' | 'shortcuts') => void
  update: AppUpdate
  install: Install
}

/** The commands that are not about one item and that this person may use. */
export const listCommands = (host: CommandHost): Row[] => [
  ...creating(host),
  ...places(),
  ...workspaceCommands(host),
  ...accountCommands(host),
  ...THEMES.map(theme =>
    row('theme', m.shell_command_theme({ theme: themeLabel(theme) }), () => {
      chooseTheme(theme)
    })
  ),
  ...LANGUAGE_CHOICES.map(choice =>
    row(
      'language',
      m.shell_command_language({ language: languageName(choice) }),
      () => void changeLanguage(host.workspaces, choice)
    )
  ),
  ...appCommands(host)
]

const row = (icon: IconName, label: string, run: () => void): Row => ({ id: label, icon, label, run })

const creating = ({ workspaces, actions }: CommandHost): Row[] =>
  workspaces.canEdit
    ? [
        row('plus', m.shell_command_new_room(), () => {
          actions.create('room')
        }),
        row('plus', m.shell_command_new_webinar(), () => {
          actions.create('webinar')
        })
      ]
    : []

const places = (): Row[] => {
  const go = (icon: IconName, path: '' | '#webinars' | 'history' | 'deleted' | 'settings', page: string) =>
    row(icon, m.shell_command_go({ page }), () => void goto(resolve(path)))
  return [
    go('home', '', m.shell_home()),
    go('webinar', '#webinars', m.shell_webinars()),
    go('history', 'history', m.shell_history()),
    go('bin', 'deleted', m.shell_deleted()),
    go('settings', 'settings', m.shell_settings())
  ]
}

const workspaceCommands = ({ workspaces }: CommandHost): Row[] => [
  row('transfer', m.shell_command_transfer(), () => void goto(resolve('transfer'))),
  row('device', m.shell_command_storage(), () => void goto(resolve('settings#storage'))),
  ...(workspaces.record?.account == null
    ? []
    : [row('sync', m.shell_command_sync(), () => workspaces.current?.connect())])
]

const accountCommands = ({ workspaces, openDialog }: CommandHost): Row[] =>
  workspaces.record?.account == null
    ? [
        row('person', m.account_sign_in(), () => void goto(resolve('sign-in'))),
        row('person', m.account_sign_up(), () => void goto(resolve('sign-up')))
      ]
    : [
        row('leave', m.account_sign_out(), () => {
          openDialog('sign-out')
        })
      ]

const appCommands = ({ toasts, openDialog, update, install }: CommandHost): Row[] => [
  row('sync', m.shell_app_check(), () => {
    void update.check().then(answer => {
      toasts.say(updateText(answer))
    })
  }),
  ...(install.offered ? [row('device', m.shell_install(), () => void install.ask())] : []),
  row('keyboard', m.shell_shortcuts(), () => {
    openDialog('shortcuts')
  })
]
