import { createServerClock } from '@foyer/sync'
import { readClockOffset, writeClockOffset } from '#lib/device/clock-offset.ts'
import { HomeOrder, setHomeOrder } from '#lib/home/order/home-order.svelte.ts'
import { Pictures, setPictures } from '#lib/pictures/pictures.svelte.ts'
import { carryOverPins, forgetPins } from '#lib/pins/pin-store.ts'
import { Pins, setPins } from '#lib/pins/pins.svelte.ts'
import { AppUpdate, setAppUpdate } from '#lib/pwa/app-update.svelte.ts'
import { Install, setInstall } from '#lib/pwa/install.svelte.ts'
import { createNow, setNow } from '#lib/reactive/now.svelte.ts'
import { setToasts, Toasts } from '#lib/ui/toasts.svelte.ts'
import type { Companions } from '#lib/workspace/companions.ts'
import { setWorkspaces, Workspaces } from '#lib/workspace/workspaces.svelte.ts'

export type App = ReturnType<typeof createApp>

/** Creates the app's state, once per page load. */
export const createApp = () => {
  const clock = createServerClock(readClockOffset(), writeClockOffset)
  const companions: Companions = {
    carryOver: carryOverPins,
    move: (from, to) => pictures.move(from, to),
    finishMoves: () => pictures.finishMoves(),
    async forget(workspaceId, { movesLater }) {
      forgetPins(workspaceId)
      if (!movesLater) await pictures.forget(workspaceId)
    }
  }
  const workspaces = new Workspaces(clock, companions)
  const pictures = new Pictures(workspaces)
  const pins = new Pins(workspaces)
  const now = createNow(() => clock.now())
  return {
    workspaces,
    pictures,
    pins,
    now,
    toasts: new Toasts(),
    homeOrder: new HomeOrder({ workspaces, pins, now }),
    update: new AppUpdate(),
    install: new Install()
  }
}

/** Provides each part as a context. Call while the root layout initializes. */
export const provideApp = (app: App) => {
  setWorkspaces(app.workspaces)
  setPictures(app.pictures)
  setPins(app.pins)
  setNow(app.now)
  setToasts(app.toasts)
  setHomeOrder(app.homeOrder)
  setAppUpdate(app.update)
  setInstall(app.install)
}
