import { useTranslations } from 'use-intl'
import { useShortcuts } from '@/lib/keyboard'
import type { CommandId } from './commands'
import { definitionOf } from './commands'

export interface CommandHere {
  id: CommandId
  run: () => void
  disabled?: boolean
  /** What it would be done to just now. */
  about?: () => string | undefined
}

/** Says what commands do on this page, while it is shown: by their keys, in the help and in the palette. */
export function useCommands(commands: readonly CommandHere[]) {
  const t = useTranslations('commands')
  useShortcuts(
    commands.map((command) => {
      const { group, keys, whileTyping } = definitionOf(command.id)
      return { ...command, keys, whileTyping, label: t(`command.${command.id}`), group: t(`group.${group}`) }
    }),
  )
}
