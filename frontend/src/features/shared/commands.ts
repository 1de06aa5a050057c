/**
 * Every command of the workspace that has a name of its own, with the keys everybody begins with. What stands here can
 * be given other keys, stands in the help and in the palette wherever it works, and is documented: commands.test.ts
 * compares it with docs/keyboard.md.
 */
export const COMMANDS = {
  'palette.open': { group: 'general', keys: 'Mod+k', whileTyping: true },
  'help.open': { group: 'general', keys: '?' },
  'undo.last': { group: 'general', keys: 'z' },
  'go.back': { group: 'general', keys: 'Escape' },
  'theme.light': { group: 'general' },
  'theme.dark': { group: 'general' },
  'theme.system': { group: 'general' },
  'session.signOut': { group: 'general' },

  'go.search': { group: 'go', keys: '/' },
  'go.newTicket': { group: 'go', keys: 'c' },
  'go.home': { group: 'go', keys: 'g h' },
  'go.reports': { group: 'go', keys: 'g r' },
  'go.people': { group: 'go', keys: 'g p' },
  'go.teams': { group: 'go', keys: 'g t' },
  'go.organisations': { group: 'go', keys: 'g o' },
  'go.scheduledReplies': { group: 'go' },
  'go.savedReplies': { group: 'go' },
  'go.macros': { group: 'go' },
  'go.slaPolicies': { group: 'go' },
  'go.businessHours': { group: 'go' },
  'go.profile': { group: 'go' },
  'go.keyboard': { group: 'go' },

  'list.next': { group: 'list', keys: 'j' },
  'list.previous': { group: 'list', keys: 'k' },
  'list.open': { group: 'list', keys: 'Enter' },
  'list.peek': { group: 'list', keys: 'Space' },
  'list.select': { group: 'list', keys: 'x' },
  'list.selectTo': { group: 'list', keys: 'Shift+x' },
  'list.selectNext': { group: 'list', keys: 'Shift+j' },
  'list.selectPrevious': { group: 'list', keys: 'Shift+k' },
  'list.selectAll': { group: 'list', keys: 'Shift+a' },
  'list.clearSelection': { group: 'list' },
  'list.bulkEdits': { group: 'list' },
  'list.showNew': { group: 'list', keys: 'u' },
  'list.filter': { group: 'list', keys: 'f' },
  'list.builder': { group: 'list', keys: 'Shift+f' },
  'list.clearFilter': { group: 'list' },
  'list.order': { group: 'list', keys: 'o' },
  'list.saveView': { group: 'list' },
  'list.look': { group: 'list' },

  'ticket.resolve': { group: 'ticket', keys: 'e' },
  'ticket.take': { group: 'ticket', keys: 'i' },
  'ticket.assign': { group: 'ticket', keys: 'a' },
  'ticket.team': { group: 'ticket', keys: 'Shift+t' },
  'ticket.priority': { group: 'ticket', keys: 'p' },
  'ticket.status': { group: 'ticket', keys: 'Shift+e' },
  'ticket.snooze': { group: 'ticket', keys: 's' },
  'ticket.wake': { group: 'ticket', keys: 'Shift+s' },
  'ticket.macro': { group: 'ticket', keys: 'Shift+m' },
  'ticket.merge': { group: 'ticket', keys: 'm' },
  'ticket.link': { group: 'ticket', keys: 'l' },
  'ticket.split': { group: 'ticket', keys: 'Shift+d' },
  'ticket.tags': { group: 'ticket', keys: 't' },
  'ticket.dueDate': { group: 'ticket', keys: 'd' },
  'ticket.subject': { group: 'ticket' },
  'ticket.reply': { group: 'ticket', keys: 'r' },
  'ticket.note': { group: 'ticket', keys: 'n' },
  'ticket.history': { group: 'ticket', keys: 'h' },
} as const satisfies Record<string, CommandDefinition>

interface CommandDefinition {
  group: CommandGroup
  keys?: string
  whileTyping?: boolean
}

export const COMMAND_GROUPS = ['general', 'go', 'view', 'list', 'ticket'] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]
export type CommandId = keyof typeof COMMANDS

export const commandIds = Object.keys(COMMANDS) as CommandId[]

export const definitionOf = (id: CommandId): CommandDefinition => COMMANDS[id]

/** Views have commands of their own, as many as there are views. */
export const VIEW_COMMAND = 'view.'
