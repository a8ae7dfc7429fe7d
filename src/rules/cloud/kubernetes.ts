import { defineRules } from '../define.js'

export const kubernetes = defineRules(
  { provider: 'Kubernetes', link: 'https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/' },
  [
    {
      id: 'kubernetes-bootstrap-token',
      title: 'Kubernetes bootstrap token in a kubeadm command',
      definition: { anchors: ['--token '], pattern: '--token (?<secret>[a-z0-9]{6}\\.[a-z0-9]{16})' },
      examples: [
        'kubeadm join 10.0.0.1:6443 --token <<{{lower36:6}}.{{lower36:16}}>> --discovery-token-ca-cert-hash sha256:{{hex:64}}',
      ],
      nonExamples: ['--token abcdef.0123'],
    },
    {
      id: 'kubernetes-certificate-key',
      title: 'kubeadm certificate key',
      severity: 'critical',
      definition: { anchors: ['--certificate-key '], pattern: '--certificate-key (?<secret>[0-9a-f]{64})' },
      examples: ['kubeadm join 10.0.0.1:6443 --control-plane --certificate-key <<{{hex:64}}>>'],
      nonExamples: ['--certificate-key deadbeef'],
    },
    {
      id: 'kubernetes-bootstrap-token-field',
      title: 'Kubernetes bootstrap token secret',
      definition: {
        anchors: ['token-secret'],
        pattern: 'token-secret["\\\']?:\\s{1,4}["\\\']?(?<secret>[a-z0-9]{16})',
      },
      examples: ['token-secret: <<{{lower36:16}}>>'],
      nonExamples: ['token-secret: c2hvcnQ='],
    },
  ],
)
