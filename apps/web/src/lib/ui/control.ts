/** Attributes that tie a form control to its label, hint and error. */
export interface Control {
  id: string
  describedBy: string | undefined
  invalid: 'true' | undefined
}
