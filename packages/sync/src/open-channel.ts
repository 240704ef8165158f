/**
 * Opens a channel to the other tabs. A browser that refuses storage refuses BroadcastChannel too:
 * then the channel has no other end, as the tabs share nothing anyway.
 */
export const openChannel = (name: string): BroadcastChannel | MessagePort => {
  try {
    return new BroadcastChannel(name)
  } catch {
    return new MessageChannel().port1
  }
}
