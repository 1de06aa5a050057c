import { loadCatalogues } from '@/lib/i18n'

/** Each comes with its texts when it is first needed. */
export async function loadMergeDialog() {
  const [module] = await Promise.all([import('./merge-dialog'), loadCatalogues('relations')])
  return { default: module.MergeDialog }
}

export async function loadLinkDialog() {
  const [module] = await Promise.all([import('./link-dialog'), loadCatalogues('relations')])
  return { default: module.LinkDialog }
}

export async function loadSplitDialog() {
  const [module] = await Promise.all([import('./split-dialog'), loadCatalogues('relations')])
  return { default: module.SplitDialog }
}

export async function loadRelationsLine() {
  const [module] = await Promise.all([import('./relations-line'), loadCatalogues('relations')])
  return { default: module.RelationsLine }
}
