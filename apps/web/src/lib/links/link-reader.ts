/** By itself, so that it can be loaded when it is needed: it is no part of Home's first load. */
export { readLink } from '@foyer/doc'
