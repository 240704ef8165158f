import { webcrypto } from 'node:crypto'

/** Numbers of one run; the same seed gives the same ones. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** 0 ≤ x < 1. Source: mulberry32, Tommy Ettinger, public domain. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }
}

let current: Random | null = null
const trueRandomValues = webcrypto.getRandomValues.bind(webcrypto)
const trueRandom = Math.random

// Yjs takes its client ids from here, and who wins depends on them. It holds on to the function
// that it finds when it is loaded, so that this file has to be loaded before it.
webcrypto.getRandomValues = array => {
  if (current === null) return trueRandomValues(array)
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  for (let i = 0; i < bytes.length; i++) bytes[i] = current.between(0, 255)
  return array
}
Math.random = () => current?.next() ?? trueRandom()

/** From now on all that is random follows from this; null: nothing does. */
export const useRandom = (random: Random | null): void => {
  current = random
}
