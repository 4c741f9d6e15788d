using ReleaseRecipes.Strategy;

namespace ReleaseRecipes.Tests.Strategy;

public sealed class StrategyProblemTests
{
    [Test]
    public void Every_problem_is_in_one_report_with_its_place()
    {
        const string text = """
            release_strategy:
              versionin:
                scheme: semantic
              branching_strategy: { model: git_flow }
              deployment_strategy:
                production:
                  type: canary
                  canary_percentage: [10, 50, 25]
                  rollback_threshold: "error_rate > 1"
                  interval: 300
                  approvals: { minimum: 3, approvers: [alice, bob, carol], exclude_initiator: true }
              quality_gates:
                - name: lint
                - name: unit_tests
                  required: no
            """;

        var problem = Assert.Throws<ReleaseException>(() => StrategyFile.Read(text, "release-strategy.yml"))!;

        Assert.That(problem.ExitCode, Is.EqualTo(ExitCodes.WrongInput));
        Assert.That(
            problem.Message.ReplaceLineEndings("\n"),
            Is.EqualTo(
                """
                The strategy file has 9 problems.
                release-strategy.yml:2:3: release_strategy.versionin: 'versionin' is no key here. Did you mean versioning?
                release-strategy.yml:4:32: release_strategy.branching_strategy.model: 'git_flow' is not known: did you mean gitflow? Write one of gitflow, github_flow, gitlab_flow.
                release-strategy.yml:8:7: release_strategy.deployment_strategy.production.canary_percentage: the last percentage is 25, so the candidate never serves everything. End with 100.
                release-strategy.yml:8:35: release_strategy.deployment_strategy.production.canary_percentage[2]: 25 is not greater than the 50 before it. Write rising percentages that end with 100.
                release-strategy.yml:9:41: release_strategy.deployment_strategy.production.rollback_threshold: error_rate is a ratio, 1 is a plain number. Write 1%.
                release-strategy.yml:10:17: release_strategy.deployment_strategy.production.interval: '300' has no unit. Write a number with ms, s, m, h or d, such as 500ms, 30s, 5m or 1h30m.
                release-strategy.yml:11:20: release_strategy.deployment_strategy.production.approvals.minimum: 3 approvals can never be given: there are 3 approvers, and one of them may be who started the release. Write 2 or less, or name more approvers.
                release-strategy.yml:13:7: release_strategy.quality_gates[0].name: the gate lint has no command, and none is known for it. Write command: …, or one of unit_tests, integration_tests, security_scan, performance_tests, build_validation.
                release-strategy.yml:15:17: release_strategy.quality_gates[1].required: 'no' is not allowed. Write true or false.
                """
            )
        );
    }

    [TestCase("versioning: { scheme: sematic }", "did you mean semantic")]
    [TestCase("versioning: { tagPrefix: v }", "Did you mean tag_prefix?")]
    [TestCase("versioning: { initial_version: 1.10 }", "Write it in quotes: \"1.10\"")]
    [TestCase("versioning: { initial_version: \"1.10\" }", "'1.10' is no semantic version")]
    [TestCase("versioning: { initial_version: 01.2.3 }", "'01.2.3' is no semantic version")]
    [TestCase("versioning: { scheme: calendar, format: MAJOR.MINOR.PATCH }", "tokens of calver.org")]
    [TestCase("versioning: { format: YYYY.MM }", "scheme: calendar")]
    [TestCase("versioning: { scheme: semantic, scheme: calendar }", "is there twice. Keep one; the first is in line 2.")]
    [TestCase("versioning: { bumps: { feat: huge } }", "one of major, minor, patch, none")]
    [TestCase("versioning: { files: package.json }", "a single value stands where a list is called for")]
    [TestCase("versioning: { files: [../x] }", "inside the repository")]
    [TestCase("versioning: { tag_prefix: --upload-pack=x }", "what a tag may begin with")]
    [TestCase("versioning: { pre_release_suffix: rc.1 }", "letters, digits and '-'")]
    [TestCase("versioning:", "nothing stands where a group of keys is called for")]
    [TestCase("versioning: [a]", "a list stands where a group of keys is called for")]
    [TestCase("branching_strategy: { main_branch: no }", "no is no text to every YAML reader. Write it in quotes: \"no\".")]
    [TestCase("branching_strategy: { main_branch: '$(id)' }", "'$(id)' is not allowed")]
    [TestCase("branching_strategy: { main_branch: 'a b' }", "the name of a branch")]
    [TestCase("branching_strategy: { main_branch: '-f' }", "the name of a branch")]
    [TestCase("changelog: { file: /etc/passwd }", "inside the repository")]
    [TestCase("changelog: { file: 'C:\\x' }", "inside the repository")]
    [TestCase("components: [{ path: a }]", "name is missing")]
    [TestCase("components: [{ name: core }]", "path is missing")]
    [TestCase("components: [{ name: core, path: ../a }]", "inside the repository")]
    [TestCase("components: [{ name: core, path: [] }]", "or a list of such")]
    [TestCase("components: [{ name: core/a, path: a }]", "letters, digits, '-' and '_'")]
    [TestCase("components: [{ name: a-1_b, path: a }]", "letters, digits, '-' and '_'")]
    [TestCase("components: [{ name: core, path: a }, { name: Core, path: b }]", "the component Core is there twice")]
    [TestCase(
        "components: [{ name: a, path: a, tag_prefix: v }, { name: b, path: b, tag_prefix: v }]",
        "could not be told from those of a"
    )]
    [TestCase(
        "components: [{ name: core, path: a }, { name: web, path: b, depends_on: [cor] }]",
        "there is no component 'cor'. Did you mean 'core'?"
    )]
    [TestCase(
        "components: [{ name: a, path: a, depends_on: [b] }, { name: b, path: b, depends_on: [a] }]",
        "a, b depend on each other in a circle"
    )]
    [TestCase("components: [{ name: a, path: a, depends_on: [a] }]", "a depend on each other in a circle")]
    [TestCase("components: [{ name: a, path: a, dependency_bump: minor }]", "one of patch, same, none")]
    [TestCase("components: [{ name: a, path: a }]\n  versioning: { files: [x.json] }", "Write files under each component instead.")]
    [TestCase("components: [{ name: a, path: a }]\n  changelog: { file: x.md }", "Write changelog under each component instead.")]
    [TestCase("components: [{ name: a, path: a }]\n  application: { image_tag: '{tag}' }", "several tags")]
    [TestCase("deployment_strategy: { production: { components: [web] } }", "there is no component 'web'")]
    [TestCase("quality_gates: [{ required: true }]", "name is missing")]
    [TestCase("quality_gates: [{ name: unit_test }]", "Did you mean unit_tests?")]
    [TestCase("quality_gates: [{ name: unit_tests }, { name: unit_tests }]", "is there twice")]
    [TestCase("quality_gates: [{ name: unit_tests, threshold: coverage > NaN }]", "'NaN' is no name of a metric")]
    [TestCase("quality_gates: [{ name: unit_tests, timeout: 0s }]", "'0s' is not allowed")]
    [TestCase("quality_gates: [{ name: unit_tests, retries: 010 }]", "a whole number from 0 to 10")]
    [TestCase("quality_gates: [{ name: unit_tests, retries: \"1\" }]", "without quotes")]
    [TestCase("quality_gates: [{ name: unit_tests, command: \"a\\0b\" }]", "control characters")]
    [TestCase("quality_gates: { unit_tests: {} }", "a group of keys stands where a value is called for. Write a list")]
    [TestCase("application: { name: \"a\\nb\" }", "line ends")]
    [TestCase("application: { name: \"a\\u202Eb\" }", "control characters")]
    [TestCase("application: { image: \"shop:latest\" }", "without a tag")]
    [TestCase("application: { image: \"--privileged\" }", "without a tag")]
    [TestCase("application: { image_tag: \"{{version}}\" }", "{version}, {tag} and {commit}")]
    [TestCase("application: { image_tag: \"{evil}\" }", "{version}, {tag} and {commit}")]
    [TestCase("application: { health_path: \"@evil/\" }", "begins with /")]
    [TestCase("application: { artifacts: [\"dist/../../x\"] }", "inside the repository")]
    [TestCase("versioning: { tag_prefix: \"<%= 1 %>\" }", "what a tag may begin with")]
    [TestCase("versioning: { tag_prefix: \"v\\n\" }", "line ends")]
    [TestCase("notifications: { jira: { project: \"X OR 1=1\" } }", "a project's key")]
    [TestCase("notifications: { email: { host: \"smtp.example.com\\r\\nQUIT\" } }", "control characters")]
    [TestCase("notifications: { email: { host: \"-x\" } }", "the name of a server")]
    [TestCase("parallel: 0", "a whole number from 1 to 1000")]
    [TestCase("ledger: release-ledger", "refs/heads/release-ledger")]
    [TestCase("ledger: refs/heads/../x", "the full name of a git ref")]
    [TestCase("steps: { version: false }", "Allowed here: changelog, gates, package, tag, deploy_staging, deploy_production.")]
    [TestCase("steps: { tag: off }", "Write true or false")]
    [TestCase("notifications: { channels: [mail] }", "one of email, slack, jira")]
    [TestCase("notifications: { email: { from: \"a@b.c\\r\\nBcc: x@y.z\" } }", "control characters")]
    [TestCase("notifications: { email: { addresses: { team: nobody } } }", "a mail address")]
    [TestCase("notifications: { jira: { url: 'https://user:pass@jira.example.com' } }", "without a user in it")]
    public void What_is_wrong_is_told_with_what_is_allowed(string text, string expected) =>
        Assert.That(Problem(text), Does.Contain(expected));

    [TestCase("canary_percentage: []", "there is no percentage")]
    [TestCase("canary_percentage: [100, 100]", "100 is not greater than the 100 before it")]
    [TestCase("canary_percentage: [10, 50]", "End with 100")]
    [TestCase("canary_percentage: [0, 100]", "a whole number from 1 to 100 percent")]
    [TestCase("canary_percentage: 10", "a list is called for")]
    [TestCase("approvals: { minimum: 0 }", "a whole number from 1 to 100")]
    [TestCase("approvals: { minimum: 2, approvers: [alice] }", "there is 1 approver")]
    [TestCase("approvals: { approvers: [alice], exclude_initiator: true }", "Name more approvers")]
    [TestCase("approvals: { approvers: [alice, Alice] }", "an approver is there twice")]
    [TestCase("approval_required: false, approvals: { minimum: 1 }", "approval_required is false")]
    [TestCase("type: cannary", "did you mean canary")]
    [TestCase("provider: k8s", "one of local, kubernetes, nuget, command")]
    [TestCase("max_surge: \"0\", max_unavailable: 0%", "no instance could ever be replaced")]
    [TestCase("metrics: { provider: prometheus }", "needs url")]
    [TestCase("metrics: { provider: http }", "needs url")]
    [TestCase("metrics: { provider: command }", "needs command")]
    [TestCase("local: { port: 70000 }", "from 1 to 65535")]
    [TestCase("kubernetes: { context: --kubeconfig=x }", "does not begin with '-'")]
    [TestCase("kubernetes: { clusters: [eu, -x] }", "does not begin with '-'")]
    [TestCase("nuget: { source: --configfile }", "a folder or the address")]
    [TestCase("nuget: { source: 'https://user:pass@feed/v3/index.json' }", "without a user in it")]
    [TestCase("metrics: { url: 'file:///etc/passwd' }", "http://")]
    [TestCase("metrics: { queries: { 'Error Rate': x } }", "is not one of metrics")]
    [TestCase("rollback_threshold: error_rate > NaN", "'NaN' is no name of a metric")]
    [TestCase("rollback_threshold: (error_rate > 1%", "never closed")]
    [TestCase("rollback_threshold: 'error_rate > 1% OR {{x}} > 1'", "stands where a metric")]
    [TestCase("rollback_threshold: yes", "compared with nothing")]
    [TestCase("kubernetes: { namespace: Shop }", "the name of a namespace")]
    [TestCase("kubernetes: { deployment: --all }", "the name of a Deployment")]
    public void What_is_wrong_with_an_environment_is_told_with_what_is_allowed(string text, string expected) =>
        Assert.That(Problem($"deployment_strategy: {{ production: {{ {text} }} }}"), Does.Contain(expected));

    [Test]
    public void Two_environments_cannot_share_a_port() =>
        Assert.That(
            Problem("deployment_strategy: { a: { local: { port: 8080 } }, b: { local: { port: 8080 } } }"),
            Does.Contain("port 8080 is that of a already")
        );

    [TestCase("a/b")]
    [TestCase("../x")]
    [TestCase("-f")]
    [TestCase("$(id)")]
    public void The_name_of_an_environment_is_safe_in_paths_and_refs(string name) =>
        Assert.That(Problem($"deployment_strategy: {{ '{name}': {{}} }}"), Does.Contain("is no name for one of environments"));

    [Test]
    public void Names_of_environments_differ_in_more_than_upper_and_lower_case() =>
        Assert.That(Problem("deployment_strategy: { prod: {}, Prod: {} }"), Does.Contain("is there twice"));

    [TestCase("notifications: { slack: { webhook: 'https://hooks.slack.com/services/T0/B0/hunter2' } }", "write webhook_env with the name")]
    [TestCase(
        "notifications: { slack: { webhook_url: 'https://hooks.slack.com/services/T0/B0/hunter2' } }",
        "write webhook_env with the name"
    )]
    [TestCase(
        "notifications: { slack: { webhook_env: 'https://hooks.slack.com/services/T0/B0/hunter2' } }",
        "the name of an environment variable"
    )]
    [TestCase("notifications: { email: { password: hunter2 } }", "write password_env with the name")]
    [TestCase("notifications: { jira: { token: hunter2 } }", "write token_env with the name")]
    [TestCase("deployment_strategy: { p: { nuget: { api_key: hunter2 } } }", "write api_key_env with the name")]
    [TestCase("deployment_strategy: { p: { metrics: { token: hunter2 } } }", "write token_env with the name")]
    [TestCase("application: { password: hunter2 }", "Secrets are never written in this file")]
    public void A_secret_in_the_file_is_refused_and_not_shown(string text, string expected) =>
        Assert.That(Problem(text), Does.Contain(expected).And.Not.Contain("hunter2"));

    [Test]
    public void What_the_file_says_cannot_forge_the_report() =>
        Assert.That(Problem("\"x\\e[2J\\n::set-env name=X::y\": 1"), Does.Not.Contain("\e").And.Not.Contain("::set-env"));

    static string Problem(string text) =>
        Assert.Throws<ReleaseException>(() => StrategyFile.Read($"release_strategy:\n  {text}\n", "release-strategy.yml"))!.Message;
}
