import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { reloadOnceOnPreloadError } from './reload-once'

const reload = vi.fn()
const answers = vi.fn<() => Promise<Response>>()
let stop: () => void

beforeEach(() => {
  sessionStorage.clear()
  answers.mockResolvedValue(new Response(null))
  vi.stubGlobal('fetch', answers)
  stop = reloadOnceOnPreloadError(reload)
})
afterEach(() => {
  stop()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  reload.mockReset()
  answers.mockReset()
})

/** Returns whether whoever asked for the chunk gets the error. */
function chunkIsMissing(): boolean {
  return window.dispatchEvent(new Event('vite:preloadError', { cancelable: true }))
}

test('a chunk that is gone from the server reloads the page, once', async () => {
  expect(chunkIsMissing()).toBe(false)
  await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce())

  expect(chunkIsMissing()).toBe(true)
  expect(answers).toHaveBeenCalledOnce()
})

test('an offline page stays', () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)

  expect(chunkIsMissing()).toBe(true)
  expect(answers).not.toHaveBeenCalled()
})

test('a page whose server does not answer stays, until it does', async () => {
  answers.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  chunkIsMissing()
  await vi.waitFor(() => expect(sessionStorage).toHaveLength(0))
  expect(reload).not.toHaveBeenCalled()

  chunkIsMissing()
  await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce())
})
