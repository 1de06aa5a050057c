import { useEffect, useState } from 'react'

/**
 * The secret of a mailed link. It stands in the fragment, which browsers never send to a server, and leaves the
 * address bar at once, so that it stays out of the history and of screenshots.
 */
export function useFragmentToken() {
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '')
  useEffect(() => {
    if (!window.location.hash) return
    const { pathname, search } = window.location
    window.history.replaceState(window.history.state, '', pathname + search)
  }, [])
  return token
}
