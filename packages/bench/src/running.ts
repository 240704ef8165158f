/** Something that was started and has to end, also when a person breaks the run off. */
export interface Running {
  stop: () => Promise<void>
}

const running = new Set<Running>()

/** Runs with something that was started, and stops it whatever happens. */
export const whileRunning = async <S extends Running, T>(
  started: S,
  run: (started: S) => Promise<T>
): Promise<T> => {
  running.add(started)
  try {
    return await run(started)
  } finally {
    await started.stop()
    running.delete(started)
  }
}

/** For an end that nobody waited for: the last that was started goes first. */
export const stopAll = async (): Promise<void> => {
  for (const each of [...running].reverse()) await each.stop()
}
