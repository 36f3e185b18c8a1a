// Where the parts of an edition of the suite are.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

// The published edition has its parts at the top, later ones in a directory.
function engine (suite) {
  const later = join(suite, 'test-engine')
  return existsSync(later) ? later : suite
}

function load (path) {
  return import(pathToFileURL(path))
}

export function loadRunner (suite) {
  return load(join(engine(suite), 'client', 'runner.mjs'))
}

// All groups of tests, without those that only a browser can pass.
export async function loadTests (suite) {
  const groups = [...(await load(join(suite, 'tests', 'index.mjs'))).default]
  const surrogate = join(suite, 'tests', 'surrogate-control.mjs')
  if (existsSync(surrogate)) {
    groups.push((await load(surrogate)).default)
  }
  return groups.map(group => ({ ...group, tests: group.tests.filter(test => test.browser_only !== true) }))
}

// One group, and every test that its tests depend on.
export function withDependencies (groups, id) {
  const all = new Map(groups.flatMap(group => group.tests).map(test => [test.id, test]))
  const chosen = new Set()
  function choose (test) {
    if (test !== undefined && !chosen.has(test.id)) {
      chosen.add(test.id)
      test.depends_on?.forEach(dependency => choose(all.get(dependency)))
    }
  }
  groups.filter(group => group.id === id).forEach(group => group.tests.forEach(choose))
  return groups.map(group => ({ ...group, tests: group.tests.filter(test => chosen.has(test.id)) }))
}
