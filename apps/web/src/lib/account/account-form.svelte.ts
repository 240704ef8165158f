import { focusInvalid } from '#lib/ui/focus-invalid.ts'
import { checkAccount, explainAccountError } from './account-errors.ts'
import type { AccountTrouble, AccountValues } from './account-errors.ts'

/** State of the sign-in and sign-up forms: values, errors and the pending request. */
export class AccountForm {
  readonly kind: 'sign-in' | 'sign-up'
  values = $state<AccountValues>({ name: '', email: '', password: '' })
  trouble = $state.raw<AccountTrouble | null>(null)
  busy = $state(false)

  constructor(kind: 'sign-in' | 'sign-up', email = '') {
    this.kind = kind
    this.values.email = email
  }

  errorOf(field: AccountTrouble['field']): string | undefined {
    return this.trouble?.field === field ? this.trouble.message : undefined
  }

  /** @returns whether it succeeded; otherwise the invalid field gets the focus */
  async submit(form: HTMLFormElement, send: (values: AccountValues) => Promise<void>): Promise<boolean> {
    if (this.busy) return false
    const values = { ...this.values, email: this.values.email.trim(), name: this.values.name.trim() }
    this.trouble = checkAccount(values, this.kind)
    if (this.trouble === null) {
      this.busy = true
      try {
        await send(values)
        return true
      } catch (error) {
        this.trouble = explainAccountError(error)
      } finally {
        this.busy = false
      }
    }
    await focusInvalid(form)
    return false
  }
}
