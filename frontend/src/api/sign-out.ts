import { logOut } from './generated/sdk.gen'
import { signOut } from './session'

/** Ends the session of this browser, in all its tabs. */
export async function signOutOfThisBrowser() {
  try {
    await logOut({ throwOnError: true })
  } catch {
    // Offline or already ended: what this browser knows is forgotten all the same.
  }
  signOut()
}
