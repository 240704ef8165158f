import type { Item } from '@foyer/doc'
import { m } from '#lib/paraglide/messages.js'
import type { MenuItem } from '#lib/ui/menu-item.ts'

/** Dialogs about an item. */
export type Question = 'edit' | 'delete' | 'reset' | 'qr' | 'calendar'

/** The actions that the menu triggers. */
interface MenuActions {
  ask(question: Question, item: Item): void
  enter(item: Item): Promise<void>
  customize(item: Item): Promise<void>
  duplicate(item: Item): Promise<void>
  copyParticipantLink(item: Item): Promise<void>
  copyHostLink(item: Item): Promise<void>
}

/** The entries of an item's settings menu (docs/design.md#words-on-the-screen). */
export const itemMenu = (item: Item, actions: MenuActions, canEdit: boolean): MenuItem[] => {
  const only = (condition: boolean, entry: MenuItem) => (condition ? [entry] : [])
  const ask = (question: Question) => () => actions.ask(question, item)
  const starts = item.kind === 'webinar' && canEdit
  return [
    ...only(canEdit, { label: m.items_rename_and_privacy(), icon: 'edit', onselect: ask('edit') }),
    {
      label: m.items_copy_participant_link(),
      icon: 'link',
      onselect: () => void actions.copyParticipantLink(item)
    },
    ...only(canEdit, {
      label: m.items_copy_host_link(),
      icon: 'key',
      onselect: () => void actions.copyHostLink(item)
    }),
    { label: m.items_qr_code(), icon: 'qr', onselect: ask('qr') },
    {
      label: starts ? m.items_start_webinar() : m.items_join(),
      icon: 'enter',
      onselect: () => void actions.enter(item)
    },
    ...only(canEdit, {
      label: m.items_customize(),
      icon: 'brush',
      onselect: () => void actions.customize(item)
    }),
    ...only(canEdit, {
      label: m.items_duplicate(),
      icon: 'copy',
      onselect: () => void actions.duplicate(item)
    }),
    ...only(item.kind === 'webinar', {
      label: m.items_add_to_calendar(),
      icon: 'calendar',
      onselect: ask('calendar')
    }),
    ...only(canEdit, { label: m.items_reset_links(), icon: 'renew', onselect: ask('reset') }),
    ...only(canEdit, { label: m.common_delete(), icon: 'bin', danger: true, onselect: ask('delete') })
  ]
}
