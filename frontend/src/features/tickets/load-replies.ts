import { loadCatalogues } from '@/lib/i18n'

/** Both come with texts of their own when they are first needed. */
export async function loadMacroDialog() {
  const [module] = await Promise.all([import('./macro-dialog'), loadCatalogues('replies')])
  return { default: module.MacroDialog }
}

export async function loadSlashPanel() {
  const [module] = await Promise.all([import('./slash-panel'), loadCatalogues('replies')])
  return { default: module.SlashPanel }
}

export async function loadSendLaterDialog() {
  return { default: (await import('./send-later-dialog')).SendLaterDialog }
}

export async function loadSelectionMacroDialog() {
  const [module] = await Promise.all([import('./selection-macro-dialog'), loadCatalogues('replies')])
  return { default: module.SelectionMacroDialog }
}
