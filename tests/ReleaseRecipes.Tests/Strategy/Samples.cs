namespace ReleaseRecipes.Tests.Strategy;

/// <summary>Strategy files that several tests read.</summary>
static class Samples
{
    /// <summary>The first example that the product was asked for with, unchanged: it must always be valid.</summary>
    public const string Seed = """
        # Release Strategy Configuration
        release_strategy:
          versioning:
            scheme: "semantic"  # semantic, calendar, sequential
            format: "MAJOR.MINOR.PATCH"
            pre_release_suffix: "rc"
            build_metadata: true
            
          branching_strategy:
            model: "gitflow"  # gitflow, github_flow, gitlab_flow
            main_branch: "main"
            develop_branch: "develop"  
            feature_prefix: "feature/"
            release_prefix: "release/"
            hotfix_prefix: "hotfix/"
            
          deployment_strategy:
            staging:
              type: "blue_green"
              approval_required: false
              rollback_threshold: "error_rate > 5%"
              
            production:
              type: "canary"
              approval_required: true
              canary_percentage: [10, 25, 50, 100]
              rollback_threshold: "error_rate > 1% OR response_time > 2s"
              
          quality_gates:
            - name: "unit_tests"
              required: true
              threshold: "coverage > 85%"
              
            - name: "integration_tests" 
              required: true
              threshold: "success_rate = 100%"
              
            - name: "security_scan"
              required: true
              threshold: "critical_vulnerabilities = 0"
              
            - name: "performance_tests"
              required: false
              threshold: "p95_response_time < 2s"
              
          notifications:
            channels: ["email", "slack", "jira"]
            stakeholders:
              - development_team
              - product_managers
              - qa_team
              - operations_team
        """;

    /// <summary>A file that has every key.</summary>
    public const string Everything = """
        release_strategy:
          application:
            name: shop-api
            build: "dotnet publish src/Shop -o dist"
            artifacts: ["dist/**"]
            start: "dotnet dist/Shop.dll --urls http://127.0.0.1:{port}"
            health_path: /health
            image: registry.example.com:5000/shop-api
            image_tag: "{tag}"
          versioning:
            scheme: calendar
            format: YYYY.0M.MICRO
            pre_release_suffix: beta
            build_metadata: false
            tag_prefix: release-
            initial_version: 1.0.0
            files: [package.json, pyproject.toml]
            bumps: { perf: none, docs: patch }
            breaking_footer: strict
            zero_major: minor
          branching_strategy:
            model: gitlab_flow
            main_branch: trunk
            develop_branch: dev
            feature_prefix: feat/
            release_prefix: rel/
            hotfix_prefix: fix/
            support_prefix: old/
          changelog: { file: CHANGES.md, unparsed_commits: warn, style: plain, contributors: false, template: docs/notes.hbs }
          quality_gates:
            - name: unit_tests
              required: false
              threshold: "coverage > 85% AND success_rate = 100%"
              command: npm test
              reports: ["**/junit.xml"]
              timeout: 10m
              retries: 1
              exclusive: true
          parallel: 3
          deployment_strategy:
            production:
              type: canary
              provider: kubernetes
              approval_required: true
              approvals:
                minimum: 2
                approvers: [alice, bob, carol]
                exclude_initiator: true
                via: signed
                allowed_signers: keys/signers
                expiry: 1d
                allow_override: true
              canary_percentage: [5, 100]
              interval: 30s
              measurements: 3
              rollback_threshold: error_rate > 1%
              min_requests: 10
              on_no_data: rollback
              failure_limit: 1
              inconclusive_limit: 2
              error_limit: 3
              judge: statistical
              smoke_test: npm run smoke
              confirm: [traffic, promotion]
              keep_previous: 1h
              replicas: 3
              max_surge: "1"
              max_unavailable: 10%
              start_timeout: 90s
              metrics:
                provider: prometheus
                url: http://prometheus:9090
                queries: { error_rate: "sum(rate(x{version=\"{version}\"}[{interval}]))" }
                command: ./metrics.sh
                token_env: PROMETHEUS_TOKEN
              local: { port: 8080 }
              kubernetes:
                context: prod
                namespace: shop
                deployment: app-production
                workloads: [app-a, app-b]
                container: web
                service: shop
                traffic: istio
                route: shop-route
                clusters: [eu, us]
                max_parallel: 2
              nuget: { source: ./feed, packages: ["out/*.nupkg"], api_key_env: NUGET_KEY }
              command: { deploy: ./deploy.sh, shift: ./shift.sh, rollback: ./back.sh, status: ./status.sh }
          notifications:
            channels: [email]
            stakeholders: [development_team]
            email:
              host: smtp.example.com
              port: 2525
              tls: none
              from: releases@example.com
              addresses: { development_team: dev@example.com }
              user_env: SMTP_USER
              password_env: SMTP_PASSWORD
            slack: { webhook_env: SLACK }
            jira: { url: "https://jira.example.com", project: SHOP, user_env: JIRA_USER, token_env: JIRA_KEY }
          ledger: refs/heads/ledger
          secrets: [DEPLOY_KEY]
          steps: { changelog: false, gates: true, package: false, tag: false, deploy_staging: false, deploy_production: false }
        """;

    /// <summary>A file that has every key of a monorepo, which do not go with all of the others.</summary>
    public const string Components = """
        release_strategy:
          components:
            - name: web
              path: packages/web
              tag_prefix: web@
              files: [packages/web/package.json]
              changelog: packages/web/CHANGELOG.md
              depends_on: [core]
              dependency_bump: same
              build: npm run build
              artifacts: [packages/web/dist/**]
            - { name: core, path: [packages/core, shared/./proto/, ./shared/proto.txt] }
          deployment_strategy:
            production: { provider: command, command: { deploy: ./deploy }, components: [web] }
        """;
}
