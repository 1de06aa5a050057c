import type administration from './en/administration.json'
import type commands from './en/commands.json'
import type common from './en/common.json'
import type keyboard from './en/keyboard.json'
import type portal from './en/portal.json'
import type profile from './en/profile.json'
import type relations from './en/relations.json'
import type replies from './en/replies.json'
import type reports from './en/reports.json'
import type signIn from './en/sign-in.json'
import type sla from './en/sla.json'
import type tickets from './en/tickets.json'
import type workspace from './en/workspace.json'

declare module 'use-intl' {
  interface AppConfig {
    Locale: 'en' | 'de'
    Messages: {
      commands: typeof commands
      common: typeof common
      'sign-in': typeof signIn
      keyboard: typeof keyboard
      portal: typeof portal
      workspace: typeof workspace
      tickets: typeof tickets
      administration: typeof administration
      profile: typeof profile
      relations: typeof relations
      replies: typeof replies
      reports: typeof reports
      sla: typeof sla
    }
  }
}
