package io.quorate.compat.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/** The table of what four-letter words answer: one pattern per line, in the order of the lines. */
final class Words {

    static final String NUMBER = "-?\\d+";
    static final String DECIMAL = "-?\\d+\\.\\d+(E-?\\d+)?";
    static final String ADDRESS = "/127\\.0\\.0\\.1:\\d+";
    static final String SESSION = "0x[0-9a-f]+";
    static final String DATE = "[A-Z][a-z]{2} [A-Z][a-z]{2} \\d{2} \\d{2}:\\d{2}:\\d{2} \\S+ \\d{4}";
    static final String BUILD = "\\d+\\.\\d+\\.\\d+.*, built on \\S.*";

    /** The first line of srvr and stat. */
    static final String VERSION = "Zookeeper version: " + BUILD;

    /** What srvr and stat say about the server, on a standalone one. */
    static final List<String> SERVER = List.of(
            "Latency min/avg/max: \\d+/" + DECIMAL + "/\\d+",
            "Received: \\d+",
            "Sent: \\d+",
            "Connections: \\d+",
            "Outstanding: \\d+",
            "Zxid: 0x[0-9a-f]+",
            "Mode: standalone",
            "Node count: \\d+");

    static final List<String> CONF = List.of(
            "clientPort=\\d+",
            "secureClientPort=-1",
            "dataDir=/.+",
            "dataDirSize=\\d+",
            "dataLogDir=/.+",
            "dataLogSize=\\d+",
            "tickTime=500",
            "maxClientCnxns=0",
            "minSessionTimeout=1000",
            "maxSessionTimeout=60000",
            "clientPortListenBacklog=-1",
            "serverId=0");

    static final List<String> DIRS = List.of("datadir_size: \\d+", "logdir_size: \\d+");

    static final List<String> ENVI = List.of(
            "Environment:",
            "zookeeper\\.version=" + BUILD,
            "host\\.name=.+",
            "java\\.version=.+",
            "java\\.vendor=.+",
            "java\\.home=/.+",
            "java\\.class\\.path=.+",
            "java\\.library\\.path=.*",
            "java\\.io\\.tmpdir=/.+",
            "java\\.compiler=.+",
            "os\\.name=.+",
            "os\\.arch=.+",
            "os\\.version=.+",
            "user\\.name=.+",
            "user\\.home=.+",
            "user\\.dir=/.+",
            "os\\.memory\\.free=\\d+MB",
            "os\\.memory\\.max=\\d+MB",
            "os\\.memory\\.total=\\d+MB");

    /** Names in mntr that monitoring tools read. */
    static final List<String> METRICS = List.of(
            "zk_avg_latency",
            "zk_max_latency",
            "zk_min_latency",
            "zk_packets_received",
            "zk_packets_sent",
            "zk_num_alive_connections",
            "zk_outstanding_requests",
            "zk_uptime",
            "zk_znode_count",
            "zk_watch_count",
            "zk_ephemerals_count",
            "zk_approximate_data_size",
            "zk_global_sessions",
            "zk_local_sessions",
            "zk_open_file_descriptor_count",
            "zk_max_file_descriptor_count",
            "zk_connection_drop_probability",
            "zk_outstanding_tls_handshake",
            "zk_auth_failed_count",
            "zk_non_mtls_remote_conn_count",
            "zk_non_mtls_local_conn_count",
            "zk_connection_request_count",
            "zk_connection_rejected",
            "zk_bytes_received_count",
            "zk_unrecoverable_error_count",
            "zk_stale_sessions_expired",
            "zk_avg_fsynctime",
            "zk_cnt_fsynctime",
            "zk_max_fsynctime",
            "zk_sum_fsynctime",
            "zk_p99_readlatency",
            "zk_cnt_updatelatency",
            "zk_large_requests_rejected",
            "zk_throttled_ops");

    /** A connection without a session, as cons and stat show it. */
    static final String BARE = " " + ADDRESS + "\\[\\d+]\\(queued=\\d+,recved=\\d+,sent=\\d+\\)";

    private Words() {}

    /** A connection with the given session, as cons shows it. */
    static String connection(long session) {
        return " " + ADDRESS + "\\[\\d+]\\(queued=\\d+,recved=\\d+,sent=\\d+,sid=0x" + Long.toHexString(session)
                + ",lop=[A-Z0-9]+,est=\\d{13},to=30000(,lcxid=0x[0-9a-f]+)?,lzxid=0x[0-9a-f]+,lresp=\\d+,llat=\\d+,"
                + "minlat=\\d+,avglat=\\d+,maxlat=\\d+\\)";
    }

    /** Checks that the answer consists of exactly these lines, each ended by a newline. */
    static void assertLines(String answer, List<String> patterns) {
        assertThat(answer).matches(Pattern.compile(String.join("\n", patterns) + "\n"));
    }
}
