/** What ties a form's control to its label, hint and error. */
export interface Control {
  id: string
  describedBy: string | undefined
  invalid: 'true' | undefined
}
