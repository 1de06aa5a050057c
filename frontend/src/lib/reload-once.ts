const KEY = 'tealdesk.reloaded-at'
const AGAIN_AFTER_MS = 60_000

/**
 * A chunk of an older release can be gone from the server: the page is loaded again, once. When that does not help
 * within a minute, the error reaches the crash boundary instead of a reload without end. Away from the server nothing is
 * loaded again: the page would be gone, and with it what somebody writes there.
 */
export function reloadOnceOnPreloadError(reload: () => void = () => window.location.reload()) {
  const onPreloadError = (event: Event) => {
    if (!navigator.onLine) return
    try {
      if (Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) < AGAIN_AFTER_MS) return
      sessionStorage.setItem(KEY, String(Date.now()))
    } catch {
      // Without storage there is no telling whether we reloaded already: rather not.
      return
    }
    event.preventDefault()
    void fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
      (answer) => {
        if (answer.ok) reload()
      },
      () => sessionStorage.removeItem(KEY),
    )
  }
  window.addEventListener('vite:preloadError', onPreloadError)
  return () => window.removeEventListener('vite:preloadError', onPreloadError)
}
