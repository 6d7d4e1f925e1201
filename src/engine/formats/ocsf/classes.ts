import type { Activity, EventClass } from '../../db/rows'

/** What is read of the schema's classes. `target` names the fields that may describe what was acted on, best first. */
export interface EventKind {
  readonly class: EventClass
  readonly activities: ReadonlyMap<number, Activity>
  readonly target: readonly string[]
}

function kind(eventClass: EventClass, activities: readonly Activity[], target: readonly string[]): EventKind {
  return { class: eventClass, activities: new Map(activities.map((activity, index) => [index + 1, activity])), target }
}

function repeat(activity: Activity, times: number): readonly Activity[] {
  return Array.from({ length: times }, () => activity)
}

const crud: readonly Activity[] = ['create', 'read', 'update', 'delete']
const http: readonly Activity[] = ['connect', 'delete', 'read', 'read', 'read', 'create', 'update', 'read', 'update']

/** By class_uid; each list holds the meaning of activity_id 1, 2, 3 … */
export const classes: ReadonlyMap<number, EventKind> = new Map([
  // create, enable, password change, reset, disable, delete, attach and detach policy, lock, factors, unlock
  [
    3001,
    kind(
      'iam',
      [
        ...(['create', 'update', 'update', 'update', 'update', 'delete', 'grant', 'revoke'] as const),
        ...(['update', 'update', 'update', 'update'] as const),
      ],
      ['user', 'policies', 'policy'],
    ),
  ],
  // logon, logoff, ticket, service ticket request, renewal, pre-authentication, account switch
  [3002, kind('authn', ['login', 'logout', 'login', 'login', 'login', 'login', 'assume'], ['service', 'dst_endpoint'])],
  // privileges, groups and roles given to a new session
  [3003, kind('session', ['assume', 'assume', 'assume'], ['group', 'groups', 'iam_roles', 'dst_endpoint'])],
  // create, read, update, delete, move, enrolment, enabling, activation, suspension
  [3004, kind('iam', [...crud, ...repeat('update', 9)], ['entity'])],
  // privileges and roles given and taken
  [3005, kind('iam', ['grant', 'revoke', 'grant', 'revoke'], ['user', 'iam_role', 'resources', 'resource'])],
  // privileges, users; delete, create; subgroups
  [
    3006,
    kind(
      'iam',
      ['grant', 'revoke', 'grant', 'revoke', 'delete', 'create', 'grant', 'revoke'],
      ['group', 'user', 'subgroup', 'resource'],
    ),
  ],
  // create, update, delete, states, passwords; policies; factors; privileges; roles
  [
    3007,
    kind(
      'iam',
      [
        ...(['create', 'update', 'delete'] as const),
        ...repeat('update', 6),
        ...(['grant', 'revoke', 'update', 'update', 'grant', 'revoke', 'grant', 'revoke'] as const),
      ],
      ['user', 'iam_roles', 'policies', 'resources'],
    ),
  ],
  // create, update, delete; privileges; resources; policies; credentials
  [
    3008,
    kind(
      'iam',
      ['create', 'update', 'delete', 'grant', 'revoke', 'grant', 'revoke', 'grant', 'revoke', 'create', 'delete'],
      ['iam_role', 'policies', 'resources'],
    ),
  ],
  [4002, kind('network', http, ['dst_endpoint'])],
  // create, read, update, delete, search, import, export, share
  [6001, kind('data', [...crud, 'list', 'create', 'read', 'grant'], ['web_resources', 'dst_endpoint'])],
  // install, remove, start, stop, restart, enable, disable, update
  [
    6002,
    kind(
      'config',
      ['create', 'delete', 'execute', 'execute', 'execute', 'update', 'update', 'update'],
      ['app', 'device'],
    ),
  ],
  [6003, kind('api', crud, ['resources', 'dst_endpoint'])],
  // granted, denied, revoked, error
  [6004, kind('data', ['read', 'read', 'revoke', 'read'], ['web_resources', 'dst_endpoint'])],
  // read, update, connect, query, write, create, delete, list, encrypt, decrypt
  [
    6005,
    kind(
      'data',
      ['read', 'update', 'connect', 'read', 'update', 'create', 'delete', 'list', 'update', 'read'],
      ['table', 'databucket', 'database', 'resources', 'dst_endpoint'],
    ),
  ],
  // upload, download, update, delete, rename, copy, move, restore, preview, lock, unlock, share, unshare, open, sync
  [
    6006,
    kind(
      'data',
      [
        ...(['create', 'read', 'update', 'delete', 'update', 'create', 'update', 'update', 'read'] as const),
        ...(['update', 'update', 'grant', 'revoke', 'read', 'read', 'update'] as const),
      ],
      ['file', 'dst_endpoint'],
    ),
  ],
])
