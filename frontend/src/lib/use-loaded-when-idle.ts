import { useEffect } from 'react'

/**
 * Fetches parts of the application that are soon needed once nothing more urgent is to do, so that the first time is as
 * quick as the second. A failure shows when the part is.
 *
 * @param isReady what is urgent is there
 */
export function useLoadedWhenIdle(isReady: boolean, loads: readonly (() => Promise<unknown>)[]) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same parts each time
  useEffect(() => {
    if (!isReady) {
      return
    }
    const load = () => {
      for (const each of loads) void each().catch(() => {})
    }
    if (typeof requestIdleCallback === 'undefined') {
      const timer = setTimeout(load, 1_000)
      return () => clearTimeout(timer)
    }
    const callback = requestIdleCallback(load, { timeout: 1_000 })
    return () => cancelIdleCallback(callback)
  }, [isReady])
}
