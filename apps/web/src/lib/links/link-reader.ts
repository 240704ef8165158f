/** Its own module so that it is loaded on demand, outside of Home's first load. */
export { readLink } from '@foyer/doc'
