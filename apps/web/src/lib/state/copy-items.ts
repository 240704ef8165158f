/** Loaded only when an account's workspace takes the place of the device's own: no part of Home's first load. */
export { copyItems } from '@foyer/doc'
