import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import java.io.IOException;
import java.lang.reflect.Field;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Starts DynamoDB Local for this machine alone. By itself it listens on every interface and takes no option against that,
 * so whoever is in the same network could read and write the tables. The server that it has made, and not yet started, is
 * a private field; its connectors are told the host there.
 */
final class LoopbackDynamoDB {
    public static void main(String[] options) throws Exception {
        DynamoDBProxyServer dynamodb = ServerRunner.createServerFromCommandLineArgs(options);
        Field made = DynamoDBProxyServer.class.getDeclaredField("server");
        made.setAccessible(true);
        for (Connector connector : ((Server) made.get(dynamodb)).getConnectors()) {
            ((ServerConnector) connector).setHost("127.0.0.1");
        }
        // LocalStack starts this too: it ends it by itself, and gives it an input that is closed from the beginning.
        if (Boolean.getBoolean("endWithStarter")) endWithItsStarter();
        dynamodb.start();
        dynamodb.join();
    }

    /** Nothing ever comes in, but the input closes when the starter dies, also when it was killed. */
    private static void endWithItsStarter() {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {}
            } catch (IOException closed) {
                // As good as its end.
            }
            System.exit(0);
        });
        watch.setDaemon(true);
        watch.start();
    }
}
