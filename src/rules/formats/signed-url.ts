import { defineRules } from '../define.js'

/** The signature alone opens the object until it expires; the rest of the URL is kept readable. */
export const signedUrl = defineRules(
  { provider: 'Signed URLs', link: 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html' },
  [
    {
      id: 'signed-url-aws',
      title: 'Signature of a presigned S3 URL',
      severity: 'medium',
      definition: {
        anchors: ['X-Amz-Signature='],
        caseInsensitive: true,
        pattern: 'X-Amz-Signature=(?<secret>[0-9a-f]{64})',
      },
      examples: ['https://b.s3.amazonaws.com/k?X-Amz-Expires=300&X-Amz-Signature=<<{{hex:64}}>>'],
      nonExamples: ['X-Amz-Signature=example'],
    },
    {
      id: 'signed-url-google',
      title: 'Signature of a signed Cloud Storage URL',
      severity: 'medium',
      definition: {
        anchors: ['X-Goog-Signature='],
        caseInsensitive: true,
        pattern: 'X-Goog-Signature=(?<secret>[0-9a-f]{64,1024})',
        maxLength: 1100,
      },
      examples: ['https://storage.googleapis.com/b/o?X-Goog-Expires=300&X-Goog-Signature=<<{{hex:512}}>>'],
      nonExamples: [],
    },
    {
      id: 'signed-url-expiring',
      title: 'Signature of a URL with an expiry (S3 version 2, CloudFront, OSS, Cloud Storage version 2)',
      severity: 'medium',
      definition: {
        anchors: ['Signature='],
        caseInsensitive: true,
        pattern:
          '(?<=[?&;]|CloudFront-)(?:(?<=(?:Expires|AccessKeyId|GoogleAccessId|Key-Pair-Id|Policy)=[^\\s"\'<>]{0,1200})|(?=[^\\s"\'<>]{0,1200}&(?:Expires|AccessKeyId|AWSAccessKeyId|OSSAccessKeyId|Key-Pair-Id)=))Signature=(?<secret>[A-Za-z0-9+/%~_-]{24,1024}={0,2})',
        leftBoundary: 'none',
        maxLength: 1100,
      },
      validate: (secret) => /\d/.test(secret),
      examples: [
        'https://d1.cloudfront.net/a.jpg?Expires=1767290400&Signature=<<{{base62:40}}~{{base62:60}}>>&Key-Pair-Id=K2{{upper36:12}}',
        'https://b.s3.amazonaws.com/k?Expires=1767290400&Signature=<<{{base62:27}}%3D>>',
      ],
      nonExamples: ['https://example.com/?Signature={{base62:40}}', 'https://example.com/?Expires=1&Signature=short'],
    },
    {
      id: 'signed-url-akamai',
      title: 'HMAC of an Akamai edge token',
      severity: 'medium',
      definition: { anchors: ['~hmac='], pattern: '~hmac=(?<secret>[0-9a-f]{64})', leftBoundary: 'none' },
      examples: ['https://example.com/v.m3u8?hdnts=exp=1767290400~acl=/*~hmac=<<{{hex:64}}>>'],
      nonExamples: ['~hmac={{hex:32}}'],
    },
    {
      id: 'signed-url-azure',
      title: 'Signature of an Azure shared access URL',
      definition: {
        anchors: ['?sig=', '&sig='],
        pattern:
          '[?&]sig=(?<secret>[A-Za-z0-9+/]{43}=|[A-Za-z0-9%]{40,80}%3[Dd]|(?<=(?:logic\\.azure|powerplatform|azure-apihub)[^\\s"<>]{0,600})[A-Za-z0-9_-]{43})',
        leftBoundary: 'none',
      },
      examples: [
        'https://a.blob.core.windows.net/c?sv=2024-11-04&se=2030-01-01&sig=<<{{base62:43}}%3D>>',
        'https://prod-12.westeurope.logic.azure.com/workflows/{{hex:32}}/triggers/manual/paths/invoke?sp=%2F&sv=1.0&sig=<<{{base64url:43}}>>',
      ],
      nonExamples: ['https://example.com/?sig=short'],
    },
  ],
)
