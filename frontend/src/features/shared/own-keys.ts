import type { Keyboard } from '@/api/generated/types.gen'
import { NO_OWN_KEYS, type OwnKeys } from '@/lib/keyboard'

/** As the server keeps them, and as the page works with them. */
export function ownKeysOf(keyboard: Keyboard | undefined): OwnKeys {
  return keyboard
    ? {
        singleKeys: keyboard.singleKeys,
        keys: new Map(keyboard.keys.map(({ command, keys }) => [command, keys])),
      }
    : NO_OWN_KEYS
}

export const keyboardOf = (own: OwnKeys): Keyboard => ({
  singleKeys: own.singleKeys,
  keys: [...own.keys].map(([command, keys]) => ({ command, keys })),
})
