/**
 * Who and what there is. All of it is invented: addresses are from the documentation ranges (RFC 5737, RFC 3849) or
 * private, accounts and keys are the kind that documentation uses, mail addresses end in example.com.
 */
export const account = '111122223333'
export const region = 'eu-central-1'
/** Another account of the organisation: central monitoring. */
export const monitoringAccount = '444455556666'

export const addresses = {
  office: '198.51.100.24',
  officeV6: '2001:db8:10:4::a2',
  ciRunner: '203.0.113.40',
  intruder: '192.0.2.77',
  probe: '192.0.2.200',
  nat: '203.0.113.8',
  database: '10.20.40.10',
  apiServer: '10.100.0.1',
}

export const nodes = [
  { name: 'ip-10-20-3-11.eu-central-1.compute.internal', address: '10.20.3.11', instance: 'i-0a11c0de5ample011' },
  { name: 'ip-10-20-3-12.eu-central-1.compute.internal', address: '10.20.3.12', instance: 'i-0a11c0de5ample012' },
  { name: 'ip-10-20-3-13.eu-central-1.compute.internal', address: '10.20.3.13', instance: 'i-0a11c0de5ample013' },
]

/**
 * @typedef {{ name: string, address: string, service: string, version: string }} Pod
 */

/** @type {Record<'web1' | 'web2' | 'orders1' | 'orders2' | 'support' | 'batch' | 'release' | 'autoscaler', Pod>} */
export const pods = {
  web1: { name: 'web-frontend-6f7c9d8b54-2kqzv', address: '10.20.4.17', service: 'web-frontend', version: '3.8.1' },
  web2: { name: 'web-frontend-6f7c9d8b54-x8d5n', address: '10.20.5.22', service: 'web-frontend', version: '3.8.1' },
  orders1: { name: 'orders-api-5c6d7f4b9-h4m2t', address: '10.20.4.21', service: 'orders-api', version: '5.2.0' },
  orders2: { name: 'orders-api-5c6d7f4b9-w9c7k', address: '10.20.5.34', service: 'orders-api', version: '5.2.0' },
  support: {
    name: 'support-portal-7d9b8c6f5-r6j8p',
    address: '10.20.5.41',
    service: 'support-portal',
    version: '2.4.3',
  },
  batch: { name: 'batch-runner-0', address: '10.20.3.77', service: 'batch-runner', version: '1.9.0' },
  release: {
    name: 'release-controller-84b5f6d7c-n3v9s',
    address: '10.20.3.88',
    service: 'release-controller',
    version: '0.14.2',
  },
  autoscaler: {
    name: 'cluster-autoscaler-59d4c7b8f-q7t4z',
    address: '10.20.3.90',
    service: 'cluster-autoscaler',
    version: '1.31.0',
  },
}

/** The pod that the intruder starts. */
export const debugPod = { name: 'net-debug-7c4f2', address: '10.20.7.113', image: 'docker.io/library/postgres:16' }

export const people = {
  oncall: 'platform-oncall@example.com',
  analyst: 'data-analyst@example.com',
  agents: ['support-agent-03@example.com', 'support-agent-05@example.com', 'support-agent-07@example.com'],
  /** Whose session the intruder forges. */
  forged: 'support-agent-07@example.com',
}

export const buckets = {
  artifacts: 'shop-build-artifacts',
  invoices: 'shop-invoices',
  exports: 'shop-support-exports',
  reports: 'shop-reports',
  audit: 'shop-audit-trail',
}

/** @param {string} name @param {string} tail six characters that AWS appends */
const secret = (name, tail) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${tail}`

export const secrets = {
  database: secret('shop/prod/database', 'Q7x2Lm'),
  payment: secret('shop/prod/payment-gateway', 'r4TbWz'),
  portal: secret('shop/prod/support-portal', 'Kp9cVd'),
}

export const dataKey = `arn:aws:kms:${region}:${account}:key/5e1f2c3d-0a4b-4c6d-8e7f-9a0b1c2d3e4f`

/** @param {string} name */
export const roleArn = (name) => `arn:aws:iam::${account}:role/${name}`

/** The long-lived key that leaks. */
export const ciKey = 'AKIACIDEPLOY7EXAMPLE'
export const ciUser = 'ci-deployer'
export const deployRole = 'shop-deploy'

export const userAgents = {
  ci: 'aws-cli/2.15.30 Python/3.11.8 Linux/5.15.0-1058-aws exe/x86_64.ubuntu.22 prompt/off command/sts.assume-role',
  intruder:
    'Boto3/1.34.69 md/Botocore#1.34.69 ua/2.0 os/linux#6.6.15 md/arch#x86_64 lang/python#3.11.8 Botocore/1.34.69',
  console: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  sdkNode: 'aws-sdk-js/3.540.0 ua/2.0 os/linux#6.1.79 lang/js md/nodejs#20.11.1 api/s3#3.540.0',
  sdkGo: 'aws-sdk-go/1.50.36 (go1.21.8; linux; amd64) cluster-autoscaler',
  loadBalancer: 'elbv2.k8s.aws/v2.7.2 aws-sdk-go/1.50.36 (go1.21.8; linux; amd64)',
  kubectl: 'kubectl/v1.31.2 (linux/amd64) kubernetes/5864a46',
  kubectlIntruder: 'kubectl/v1.29.2 (linux/amd64) kubernetes/4b8e819',
  kubelet: 'kubelet/v1.31.2 (linux/amd64) kubernetes/5864a46',
  controllers: 'kube-controller-manager/v1.31.2 (linux/amd64) kubernetes/5864a46/system:serviceaccount:kube-system',
  release: 'release-controller/v0.14.2 (linux/amd64) kubernetes/$Format',
  autoscaler: 'cluster-autoscaler/v1.31.0 (linux/amd64) kubernetes/$Format',
  helm: 'Helm/3.14.3',
}
