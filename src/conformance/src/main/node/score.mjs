// Counts results as the suite's own pages do and prints them.
//
//   node score.mjs SUITE OUTPUT NAME=RESULTS…
//
// SUITE is the suite's directory; what is printed is also kept in OUTPUT as JSON. Each RESULTS is a file that run.mjs
// printed. A NAME that ends with +GROUP is a run of that group only: its scores are printed by themselves, and in place
// of the group's in the run of the NAME before the sign. Results that the suite carries of other caches follow.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { join } from 'node:path'
import { loadTests } from './suite.mjs'

const OTHERS = ['trafficserver', 'varnish', 'nginx', 'squid', 'apache', 'nuster', 'fastly']
const KINDS = ['required', 'optimal', 'check']

const [suite, output, ...named] = argv.slice(2)
const groups = await loadTests(suite)
const all = new Map(groups.flatMap(group => group.tests).map(test => [test.id, test]))

// What became of a test; only pass counts. A test passes only if those that it depends on do.
function outcome (id, results) {
  const test = all.get(id)
  const result = results[id]
  if (test === undefined || result === undefined) return 'untested'
  for (const dependency of test.depends_on ?? []) {
    if (outcome(dependency, results) !== 'pass') return 'dependency'
  }
  if (result === true) return 'pass'
  if (result[0] === 'Setup') return result[1] === 'retry' ? 'retry' : 'setup'
  return 'fail'
}

function kindOf (test) {
  return test.kind ?? 'required'
}

function score (results, chosen) {
  const alone = { pass: 0, total: 0 }
  const kinds = Object.fromEntries(KINDS.map(kind => [kind, { pass: 0, total: 0 }]))
  const byGroup = {}
  const outcomes = {}
  const open = []
  for (const group of chosen) {
    const counts = Object.fromEntries(KINDS.map(kind => [kind, { pass: 0, total: 0 }]))
    for (const test of group.tests) {
      const kind = kindOf(test)
      const became = outcome(test.id, results)
      outcomes[became] = (outcomes[became] ?? 0) + 1
      for (const count of [kinds[kind], counts[kind]]) {
        count.total++
        count.pass += became === 'pass' ? 1 : 0
      }
      if (kind !== 'check') {
        alone.total++
        alone.pass += results[test.id] === true ? 1 : 0
      }
      if (became !== 'pass' && kind !== 'check') {
        const result = results[test.id]
        const waits = (test.depends_on ?? []).filter(id => outcome(id, results) !== 'pass')
        const message = became === 'dependency' ? `needs ${waits.join(', ')}` : Array.isArray(result) ? result.join(': ') : ''
        open.push({ group: group.id, id: test.id, kind, outcome: became, name: test.name, message })
      }
    }
    byGroup[group.id] = counts
  }
  return { kinds, alone, groups: byGroup, outcomes, open }
}

function share ({ pass, total }) {
  return total === 0 ? '-' : `${pass}/${total}`
}

function table (rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)))
  return rows.map(row => row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join('  ').trimEnd())
}

function read (file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

const scores = {}
const own = []
const whole = new Map()
for (const pair of named) {
  const [name, file] = [pair.slice(0, pair.lastIndexOf('=')), pair.slice(pair.lastIndexOf('=') + 1)]
  const results = read(file)
  const [base, part] = name.split('+')
  if (part === undefined) {
    whole.set(name, results)
    scores[name] = score(results, groups)
    own.push(name)
    continue
  }
  scores[name] = score(results, groups.filter(group => group.id === part))
  own.push(name)
  const both = `${base} with ${part}`
  scores[both] = merge(scores[base], scores[name], part)
}

// A score with one group counted from another run.
function merge (base, other, part) {
  const open = base.open.filter(test => test.group !== part).concat(other.open)
  const byGroup = { ...base.groups, ...other.groups }
  const kinds = Object.fromEntries(KINDS.map(kind => {
    const counts = Object.values(byGroup).map(group => group[kind])
    return [kind, {
      pass: counts.reduce((sum, count) => sum + count.pass, 0),
      total: counts.reduce((sum, count) => sum + count.total, 0)
    }]
  }))
  return { kinds, groups: byGroup, open }
}

for (const name of OTHERS) {
  const file = join(suite, 'results', `${name}.json`)
  if (existsSync(file)) scores[name] = score(read(file), groups)
}

const lines = []
lines.push('Passed of all, by kind of test; alone: required and optimal ones, whatever they depend on', '')
lines.push(...table([['', ...KINDS, 'alone', 'untested']].concat(Object.entries(scores).map(([name, { kinds, alone, outcomes }]) =>
  [name, ...KINDS.map(kind => share(kinds[kind])), alone ? share(alone) : '', String(outcomes?.untested ?? 0)]))))
lines.push('', 'Required and optimal tests passed, by group', '')
const columns = Object.keys(scores).filter(name => !name.includes('+'))
lines.push(...table([['', ...columns]].concat(groups.map(group => [group.id, ...columns.map(name => {
  const { required, optimal } = scores[name].groups[group.id]
  return `${share(required)} ${share(optimal)}`
})]))))
for (const name of own) {
  for (const kind of ['required', 'optimal']) {
    const open = scores[name].open.filter(test => test.kind === kind)
    lines.push('', `${name}: ${kind} tests that do not pass: ${open.length}`, '')
    for (const test of open) {
      lines.push(`  ${test.group} ${test.id} [${test.outcome}] ${test.message}`)
    }
  }
}
console.log(lines.join('\n'))
writeFileSync(output, JSON.stringify(scores, null, 2) + '\n')
