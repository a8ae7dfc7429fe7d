import { defineRules } from '../define.js'

export const dockerSwarm = defineRules(
  { provider: 'Docker Swarm', link: 'https://docs.docker.com/engine/swarm/join-nodes/' },
  [
    {
      id: 'docker-swarm-join-token',
      title: 'Docker Swarm join or unlock token',
      definition: {
        anchors: ['SWMTKN-1-', 'SWMKEY-1-'],
        pattern: 'SWM(?:TKN-1-[a-z0-9]{50}-[a-z0-9]{25}|KEY-1-[A-Za-z0-9+/]{43})',
      },
      examples: ['SWMTKN-1-{{lower36:50}}-{{lower36:25}}', 'SWMKEY-1-{{base64:43}}'],
      nonExamples: ['SWMTKN-1-{{lower36:50}}'],
    },
  ],
)
