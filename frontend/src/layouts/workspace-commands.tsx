import { useLayoutEffect } from 'react'
import { useNavigate } from 'react-router'
import { useCurrentUser } from '@/api/session'
import { signOutOfThisBrowser } from '@/api/sign-out'
import { ownKeysOf } from '@/features/shared/own-keys'
import { useCommands } from '@/features/shared/use-commands'
import { NO_OWN_KEYS, setOwnKeys } from '@/lib/keyboard'
import { setTheme } from '@/lib/theme'
import { paths } from '@/paths'
import { undoLast, useCanUndo } from '@/ui/toast'

/** What works on every page of the workspace; and the keys of whoever works in it. */
export function WorkspaceCommands() {
  const navigate = useNavigate()
  const { keyboard, role } = useCurrentUser()
  const canUndo = useCanUndo()

  // Before anything is painted with other keys.
  useLayoutEffect(() => {
    // A task of the release before says nothing of keys: what is known stays.
    if (keyboard) setOwnKeys(ownKeysOf(keyboard))
  }, [keyboard])
  useLayoutEffect(() => () => setOwnKeys(NO_OWN_KEYS), [])

  useCommands([
    { id: 'undo.last', run: undoLast, disabled: !canUndo },
    { id: 'go.reports', run: () => void navigate(paths.reports) },
    { id: 'go.people', run: () => void navigate(paths.people) },
    { id: 'go.teams', run: () => void navigate(paths.teams) },
    { id: 'go.organisations', run: () => void navigate(paths.organisations) },
    { id: 'go.scheduledReplies', run: () => void navigate(paths.scheduledReplies) },
    { id: 'go.savedReplies', run: () => void navigate(paths.savedReplies) },
    { id: 'go.macros', run: () => void navigate(paths.macros) },
    ...(role === 'ADMINISTRATOR'
      ? ([
          { id: 'go.slaPolicies', run: () => void navigate(paths.slaPolicies) },
          { id: 'go.businessHours', run: () => void navigate(paths.businessHours) },
        ] as const)
      : []),
    { id: 'go.profile', run: () => void navigate(paths.profile) },
    { id: 'go.keyboard', run: () => void navigate(paths.keyboard) },
    { id: 'theme.light', run: () => setTheme('light') },
    { id: 'theme.dark', run: () => setTheme('dark') },
    { id: 'theme.system', run: () => setTheme('system') },
    { id: 'session.signOut', run: () => void signOutOfThisBrowser() },
  ])
  return null
}
