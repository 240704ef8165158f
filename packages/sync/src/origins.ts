/** Transaction origins: where an update came from that this tab did not make. */
export const FROM_SERVER = Symbol('from the server')
export const FROM_TAB = Symbol('from another tab of this device')
