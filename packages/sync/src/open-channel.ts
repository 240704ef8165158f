/**
 * A channel to the other tabs of this device. A browser that refuses storage refuses BroadcastChannel too: then one
 * that nobody hears, as the tabs have nothing in common anyway.
 */
export const openChannel = (name: string): BroadcastChannel | MessagePort => {
  try {
    return new BroadcastChannel(name)
  } catch {
    return new MessageChannel().port1
  }
}
